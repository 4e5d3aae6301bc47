"""Which municipality a row belongs to, from its municipality column or its postcode."""

from tvaers.connectors import values
from tvaers.connectors.cells import Cells
from tvaers.connectors.problems import Fault
from tvaers.places.municipalities import municipality
from tvaers.places.postcodes import municipality_of_postcode


def home(cells: Cells) -> tuple[str, str]:
    """The four-digit codes (municipality, postcode) of a row; a postcode may be "".

    The municipality is needed unless a known postcode is given; where both are, it decides, and
    a foreign postcode is left out.
    """
    postcode = values.postcode(cells.text("postcode"))
    named = cells.text("municipality")
    if named:
        found = municipality(named)
        if found is None:
            cells.fault("municipality", Fault.UNKNOWN_MUNICIPALITY, named)
        return (found.code if found else "", postcode)
    if not cells.text("postcode"):
        cells.fault("municipality", Fault.NO_PLACE)
        return "", ""
    code = municipality_of_postcode(postcode)
    if code is None:
        cells.fault("postcode", Fault.UNKNOWN_POSTCODE, cells.text("postcode"))
    return code or "", postcode
