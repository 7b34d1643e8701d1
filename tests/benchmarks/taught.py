"""Teaches the bundled model to score two texts that are read together, and keeps what it learnt in a small file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from retrieval.storage.encoding.bundled_model import checked_folder
from retrieval.storage.encoding.cross_encoder import added

RANK = 32
"""At which what has changed of a matrix is kept."""

_FROZEN = ("embeddings.", "encoder.layer.0.")
_HEAD_RATE, _WARMED, _LEAST_RATE = 1e-3, 0.06, 0.02


class Learner(nn.Module):
    """The bundled model with a head on its first state and on the mean of its states, `tokens` of a pair read."""

    def __init__(self, tokens: int) -> None:
        super().__init__()
        from transformers import AutoTokenizer, BertModel

        # Eager attention: the fused one takes twice as long backwards on a processor.
        self.bert = BertModel.from_pretrained(checked_folder(), add_pooling_layer=False, attn_implementation="eager")
        for module in self.bert.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        for name, weight in self.bert.named_parameters():
            weight.requires_grad = not name.startswith(_FROZEN)
        self.head = nn.Linear(2 * self.bert.config.hidden_size, 1)
        self._tokenizer, self._tokens = AutoTokenizer.from_pretrained(checked_folder()), tokens

    def recall(self, file: Path) -> None:
        """Begin with what was learnt before."""
        taught = load_file(file)
        head = taught.pop("head").float()
        weights = self.bert.state_dict()
        for name, change in added(taught).items():
            weights[name] += change
        self.bert.load_state_dict(weights)
        self.head.load_state_dict({"weight": head[None, :-1], "bias": head[-1:]})

    def forward(self, firsts: list[str], seconds: list[str]) -> Tensor:
        """A score for each pair; both are of one token type, as `CrossEncoder` reads them."""
        read = self._tokenizer(
            firsts, seconds, truncation="longest_first", max_length=self._tokens, padding=True, return_tensors="pt"
        )
        mask = read["attention_mask"]
        with torch.autocast("cpu", torch.bfloat16):
            states = self.bert(input_ids=read["input_ids"], attention_mask=mask).last_hidden_state.float()
        mean = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        scores: Tensor = self.head(torch.cat((states[:, 0], mean), dim=-1)).squeeze(-1)
        return scores

    def follow(self, losses: Iterator[Tensor], *, steps: int, rate: float) -> Iterator[float]:
        """A step down each of `losses`, `steps` of them, by AdamW at a rate that first rises and then falls to
        hardly anything; what each was."""
        tuned = [p for p in self.bert.parameters() if p.requires_grad]
        groups = [{"params": tuned, "lr": rate}, {"params": list(self.head.parameters()), "lr": _HEAD_RATE}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        rates = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda n: min(1.0, (n + 1) / (_WARMED * steps)) * max(_LEAST_RATE, 1.0 - n / steps)
        )
        for loss in losses:
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.parameters(), 1.0)
            optimizer.step()
            rates.step()
            optimizer.zero_grad()
            yield loss.item()


def changes(learner: Learner) -> dict[str, Tensor]:
    """What `CrossEncoder` needs of it beside the bundled weights."""
    before = load_file(checked_folder() / "model.safetensors")
    changed = {
        name: (weight - before[name]).float()
        for name, weight in learner.bert.state_dict().items()
        if name in before and not name.startswith(_FROZEN)
    }
    return _in_low_rank(torch.cat((learner.head.weight[0], learner.head.bias)).detach(), changed)


def mean(files: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of what several runs wrote, which judges more evenly than any of them (Wortsman et al., 2022)."""
    taught = [load_file(file) for file in files]
    head = torch.stack([each.pop("head").float() for each in taught]).mean(0)
    several = [added(each) for each in taught]
    return _in_low_rank(head, {name: torch.stack([each[name] for each in several]).mean(0) for name in several[0]})


def _in_low_rank(head: Tensor, changed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    kept = {"head": head.half()}
    for name, change in changed.items():
        if change.ndim == 1:
            kept[name] = change.half()
            continue
        left, sizes, right = torch.linalg.svd(change, full_matrices=False)
        root = sizes[:RANK].sqrt()
        kept[f"{name}.up"] = (left[:, :RANK] * root).contiguous().half()
        kept[f"{name}.down"] = (right[:RANK] * root[:, None]).contiguous().half()
    return kept
