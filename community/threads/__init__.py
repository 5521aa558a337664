"""Questions and answers: the conversation engine, its event log, votes, drafts and reading."""
