# As much as is read in one go, wherever somebody says why.
LONGEST_REASON = 300
# As many as say what it is about; more make each of them say less.
MOST_TAGS = 5
