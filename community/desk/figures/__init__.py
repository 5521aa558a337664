"""What a month at the desk was like, in figures, each of which opens exactly the list that it counts."""
