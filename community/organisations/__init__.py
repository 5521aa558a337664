"""Keeps who our customers are: companies, what they subscribed to, who speaks for them and who looks after them."""
