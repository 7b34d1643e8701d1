"""Article -> passages, quotations, speakers, time spans, events."""
