"""A chart's specification reduced to marks, encodings and data, however it was written.

Data and encodings that a layer inherits are written out, columns that no channel reads are left out, and a
column is called after the first channel that reads it: names of columns are the code's own affair. Axes, scales
and legends stand once for the chart, as layers share them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.golden.reduced import digest, plain, rows

PARTS = ("layer", "hconcat", "vconcat", "concat")
INHERITED = ("data", "projection", "transform")
STYLE = ("width", "height", "padding", "autosize", "params", "view", "title", "resolve", "spacing", "columns")
SHARED = ("axis", "scale", "legend")
COLUMN = r"datum(?:\.(\w+)|\['([^']+)'\]|\[\"([^\"]+)\"\])"
Spec = Mapping[str, Any]


def layers(spec: Spec, above: Spec | None = None) -> Iterator[dict[str, Any]]:
    """Return every layer of a specification with what it inherits."""
    above = above or {}
    own = {name: spec[name] for name in INHERITED if name in spec}
    held = {**above, **own, "encoding": {**above.get("encoding", {}), **spec.get("encoding", {})}}
    parts = [part for name in PARTS for part in spec.get(name, [])] + (
        [spec["spec"]] if "spec" in spec else []
    )
    for part in parts:
        yield from layers(part, held)
    if "mark" in spec:
        yield {**held, "mark": spec["mark"], "params": spec.get("params", [])}


def _fields(item: Any) -> Iterator[str]:
    """Return the columns that an encoding reads, in the order of its sorted channels."""
    if isinstance(item, Mapping):
        for key in sorted(set(item) - set(SHARED)):
            if key == "field" and isinstance(item[key], str):
                yield item[key]
            elif isinstance(item[key], str):
                yield from ("".join(found) for found in re.findall(COLUMN, item[key]))
            else:
                yield from _fields(item[key])
    elif isinstance(item, list):
        for part in item:
            yield from _fields(part)


def names_of(encoding: Spec) -> dict[str, str]:
    """Return a name for every column that an encoding reads: that of the first channel reading it."""
    found: dict[str, str] = {}
    for channel in sorted(encoding):
        new = [name for name in dict.fromkeys(_fields(encoding[channel])) if name not in found]
        for place, name in enumerate(new):
            found[name] = channel if place == 0 else f"{channel}.{place + 1}"
    return found


def _renamed(item: Any, names: Mapping[str, str]) -> Any:
    """Return an encoding without axes, scales and legends, its columns by their new names."""
    if isinstance(item, Mapping):
        return {
            key: names[value] if key == "field" and value in names else _renamed(value, names)
            for key, value in item.items()
            if key not in SHARED
        }
    if isinstance(item, list):
        return [_renamed(part, names) for part in item]
    if isinstance(item, str):
        return re.sub(COLUMN, lambda found: f"datum.{names.get(_column(found), _column(found))}", item)
    return item


def _column(found: re.Match[str]) -> str:
    return "".join(part or "" for part in found.groups())


def _shared(spec: Spec) -> dict[str, list[Any]]:
    """Return the axes, scales and legends of a chart's channels, each once."""
    found: dict[str, dict[str, Any]] = {}
    for layer in layers(spec):
        for channel, said in layer.get("encoding", {}).items():
            for name in SHARED:
                if isinstance(said, Mapping) and name in said:
                    kept = plain(said[name])
                    found.setdefault(f"{channel} {name}", {})[json.dumps(kept, sort_keys=True)] = kept
    return {name: [every[text] for text in sorted(every)] for name, every in found.items()}


def _records(data: Any, datasets: Mapping[str, list[Any]]) -> list[Any] | None:
    if not isinstance(data, Mapping):
        return None
    if "name" in data and data["name"] in datasets:
        return list(datasets[data["name"]])
    values = data.get("values")
    return list(values) if isinstance(values, list) else None


def _data(layer: Spec, names: Mapping[str, str], datasets: Mapping[str, list[Any]]) -> Any:
    """Return a layer's rows in an order of their own; shapes as their count and digest."""
    records = _records(layer.get("data"), datasets)
    if records is None:
        return plain(layer.get("data"))
    if not names:
        return (
            {"count": len(records), "digest": digest(plain(records))}
            if _shapes(records)
            else {"count": len(records)}
        )
    cells = [[plain(record.get(name)) for name in names] for record in records]
    cells.sort(key=lambda row: json.dumps(row, ensure_ascii=False))
    return rows(list(names.values()), cells)


def _shapes(records: list[Any]) -> bool:
    return any(isinstance(record, Mapping) and "type" in record for record in records)


def _mark(mark: Any) -> dict[str, Any]:
    return {"type": mark} if isinstance(mark, str) else dict(mark)


def _without_silence(mark: dict[str, Any]) -> dict[str, Any]:
    """Return a mark's settings without a tooltip that is said to be none, as none is what it is without a word."""
    return {name: value for name, value in mark.items() if (name, value) != ("tooltip", None)}


def _layer(layer: Spec, datasets: Mapping[str, list[Any]]) -> dict[str, Any]:
    encoding = layer.get("encoding", {})
    names = names_of(encoding)
    found = {
        "mark": _mark(layer["mark"])["type"],
        "encoding": plain(_renamed(encoding, names)),
        "data": _data(layer, names, datasets),
    }
    return found | ({"transform": plain(layer["transform"])} if layer.get("transform") else {})


def chart(spec: Spec, datasets: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return a chart's axes, and its layers in the order they are drawn: mark, encoding, data."""
    return {"axes": _shared(spec), "layers": [_layer(layer, datasets) for layer in layers(spec)]}


def style(spec: Spec) -> dict[str, Any]:
    """Return what a chart looks like beyond its data: sizes, and each mark's own settings."""
    marks = []
    for layer in layers(spec):
        said = _without_silence(_mark(layer["mark"])) | (
            {"params": layer["params"]} if layer["params"] else {}
        )
        marks.append(said | ({"projection": layer["projection"]} if "projection" in layer else {}))
    return {"frame": plain({name: spec[name] for name in STYLE if name in spec}), "marks": plain(marks)}
