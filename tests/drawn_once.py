"""Pictures drawn once for all tests of a worker, told apart by all they are drawn from.

Sixty figures of one chart, or one figure in four formats, then cost one drawing.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import vl_convert

MOST_KEPT = 300
_drawn: "OrderedDict[str, Any]" = OrderedDict()


def remembering(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of vl_convert that draws what it has not drawn lately."""

    def drawn(given: Any, **settings: Any) -> Any:
        said = json.dumps([draw.__name__, given, settings], sort_keys=True, default=float)
        key = hashlib.sha256(said.encode()).hexdigest()
        if key not in _drawn:
            _drawn[key] = draw(given, **settings)
        _drawn.move_to_end(key)
        while len(_drawn) > MOST_KEPT:
            _drawn.popitem(last=False)
        return _drawn[key]

    return drawn


REMEMBERING = {
    name: remembering(getattr(vl_convert, name)) for name in ("vegalite_to_svg", "svg_to_png", "svg_to_pdf")
}
