"""Everything OnRecord knows and answers; knows nothing of Discord or of a terminal.

The one door is :class:`retrieval.library.Library`.
"""
