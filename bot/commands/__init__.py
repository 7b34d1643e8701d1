"""The commands of `onrecord`, a module for each of their subjects."""
