"""The generated module is in step with the metadata of phonenumbers."""

from scripts.generate_telephone_lengths import PATH, text


def test_in_step() -> None:
    assert PATH.read_text("utf-8") == text()
