"""Service requests: what a customer with a support plan asks, between his organisation and support."""
