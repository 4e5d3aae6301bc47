"""Names of people and companies that nobody can take for real ones.

Every surname says that the person is made up, every address ends in `.example`, and no Danish
telephone number begins with 00.
"""

from random import Random

FIRST_NAMES = (
    "Aisha Amir Anders Anette Anja Anna Anne Asger Astrid Benjamin Bente Birgit Bjørn Bo Brian "
    "Camilla Carina Carsten Cecilie Charlotte Christian Christina Claus Daniel David Ditte Dorte "
    "Ebbe Elena Elif Emil Emma Erik Esben Eva Fatima Finn Flemming Freja Frida Gitte Grethe "
    "Gustav Hanne Hans Hassan Heidi Helle Henrik Ida Inger Irina Ivan Jakob Jan Janne Jens Jesper "
    "Johan Jonas Josefine Julie Jytte Karen Karim Karina Kasper Katrine Kim Kirsten Klaus Kristian "
    "Lars Laura Leif Lene Linda Line Lisbeth Lone Louise Lukas Mads Magnus Maja Malene Marcus "
    "Maria Marianne Marie Mariusz Martin Mathias Mehmet Merete Mette Michael Mikkel Mohamed Morten "
    "Nadia Nanna Natalia Nicolai Niels Nikolaj Ole Olga Olivia Omar Palle Patrick Per Peter Pia "
    "Poul Rasmus Rikke René Robert Rune Samira Sara Sebastian Signe Simon Sofie Stefan Stine "
    "Susanne Svend Søren Tanja Thea Thomas Tina Tobias Tomasz Torben Trine Ulla Viktor Yasmin "
    "Zahra Øjvind Åse"
).split()

SURNAMES = (
    "Attrapsen Demosen Eksempelsen Fiktivsen Gættelund Kulissegaard Modelstrup Mønsterlund "
    "Opdigtsen Paradigmesen Prøvegaard Pseudosen Scenelund Skabelonsen Statistgaard Syntetsen "
    "Tegnestrup Testrup Tænktesen Øvelund"
).split()

STREETS = (
    "Eksempelvej Prøvegade Demovænget Mønsterstien Testtoften Skabelonvej Øvelsesparken Modelgade"
).split()


def person(chance: Random) -> str:
    """A full name, sometimes with an initial in the middle."""
    middle = f" {chance.choice('ABCDEFGHIJKLMNOPRSTV')}." if chance.random() < 0.2 else ""
    return f"{chance.choice(FIRST_NAMES)}{middle} {chance.choice(SURNAMES)}"


def phone(chance: Random) -> str:
    """Eight digits that reach nobody."""
    return f"00 {chance.randrange(10, 100)} {chance.randrange(10, 100)} {chance.randrange(10, 100)}"


def street(chance: Random) -> str:
    """A street and a number; every twelfth is a flat."""
    number = f"{chance.choice(STREETS)} {chance.randrange(1, 120)}"
    return f"{number}, {chance.randrange(1, 5)}. tv." if chance.random() < 0.08 else number
