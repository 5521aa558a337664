"""Settings: `base` holds everything; `embedded` (the default), `production` and `test` only differ."""
