"""Sentences that several suites share. Each judges one fact (quality.facts): what fails is a rule, not a value."""

from typing import Any

from quality.library import great_expectations


def none(fact: str, rule: str, because: str) -> Any:
    """Expect a fact to be zero everywhere; `because` is what the officer reads when it is not."""
    return great_expectations().expectations.ExpectColumnValuesToBeBetween(
        column=fact, max_value=0, meta={"rule": rule, "fact": fact, "because": because}
    )


def suite(name: str, *expectations: Any) -> Any:
    """A suite with a name."""
    return great_expectations().ExpectationSuite(name=name, expectations=list(expectations))


def there_are_rows() -> Any:
    """Expect at least one row in every table."""
    because = "er is geen rij over"
    return great_expectations().expectations.ExpectColumnValuesToBeBetween(
        column="rows", min_value=1, meta={"rule": "rijen", "fact": "rows", "because": because}
    )


def people() -> list[Any]:
    """Every row is of somebody without a name, in the gemeente and doelgroep of the delivery."""
    return [
        there_are_rows(),
        none("unknown", "geen_lege_velden", "er zijn rijen zonder pseudoniem, gemeente of doelgroep"),
        none("wrong_shape", "pseudoniem", "een pseudoniem heeft niet de goede vorm"),
        none("elsewhere", "eigen_rijen", "er zijn rijen van een andere gemeente of doelgroep"),
    ]


def columns() -> list[Any]:
    """The columns are those of the approved rules: none too many, none missing."""
    return [
        none("not_agreed", "kolommen_volgens_regels", "er is een kolom die volgens de regels niet mee mag"),
        none("absent", "verplichte_kolommen", "een verplichte kolom ontbreekt"),
    ]


def answers() -> list[Any]:
    """Answers are on the scale of the codebook, numbers between their limits."""
    return [
        none("off_scale", "antwoord_op_schaal", "er zijn antwoorden die niet in het codeboek of de banden staan"),
        none("out_of_range", "getal_binnen_grenzen", "er zijn getallen buiten de grenzen van het codeboek"),
    ]


def nobody_named() -> list[Any]:
    """No direct identifier is left: no number, address or shape of one, no name of the delivery itself."""
    return [
        none("nine_digits", "geen_negen_cijfers", "er staat nog een nummer van negen cijfers in de tekst"),
        none("details", "geen_directe_gegevens", "er staat nog een direct persoonsgegeven in de tekst"),
        none("leftovers", "geen_namen_uit_de_levering", "een naam of adres uit de levering staat nog in de uitvoer"),
    ]


def filled() -> Any:
    """What every row must say is said."""
    return none("empty", "verplicht_ingevuld", "een verplicht veld is leeg")


def once() -> Any:
    """Nothing is told twice."""
    return none("duplicates", "geen_dubbele_rijen", "dezelfde persoon of stap komt dubbel voor")
