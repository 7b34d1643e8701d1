"""Every prompt as a text file, and one loader."""

from prompts.loader import load_prompt

__all__ = ["load_prompt"]
