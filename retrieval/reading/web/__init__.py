"""Pages and feeds from the web, by way of public addresses alone."""
