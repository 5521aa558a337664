"""The place of those who answer for the house: the replies they keep ready."""
