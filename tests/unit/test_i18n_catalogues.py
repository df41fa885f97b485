"""The catalogues: what is extracted, what is kept, what is found wrong, and ours complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.i18n import Language, tooling, translator
from observatory.i18n.__main__ import ROOT, SHOWN, main, shortened
from observatory.i18n.tooling import (
    LANGUAGES_TO_TRANSLATE,
    ExtractionError,
    catalogue_path,
    problems,
    texts_of_data,
    texts_of_interface,
    update,
)

SOURCE = """
from observatory.i18n import N_
LABELS = {"a": N_("Later")}
def page(t, self):
    t("Hello {name}", name="x")
    t("two "
      "parts")
    t.n("{n} row", "{n} rows", 3)
    self.t("Attribute")
    t(LABELS["a"])
    t.data("Not a text of the interface")
    other("Nor this")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "data" / "indicators").mkdir(parents=True)
    (tmp_path / "data" / "indicators" / "x.yml").write_text(
        "a:\n  name: Papers\n  short_name: Papers\n  unit_label: papers\n"
        "  headline: true\n  definition: Told.\n  method_caveats: Beware.\n"
        "b:\n  name: Patents\n  short_name: Pat.\n  unit_label: patents\n  definition: Not told.\n",
        encoding="utf-8",
    )
    (tmp_path / "data" / "policy").mkdir()
    (tmp_path / "data" / "policy" / "topics.csv").write_text(
        "topic,name_en,meaning\nhealth,Health,Not told either\n", encoding="utf-8"
    )
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_interface_texts_are_found(project: Path) -> None:
    found = {(text.msgid, text.plural) for text in texts_of_interface(project)}
    assert found == {
        ("Later", None),
        ("Hello {name}", None),
        ("two parts", None),
        ("{n} row", "{n} rows"),
        ("Attribute", None),
    }


def test_data_texts_are_found(project: Path) -> None:
    found = {text.msgid for text in texts_of_data(project)}
    assert found == {
        *("Papers", "papers", "Told.", "Beware."),
        *("Patents", "Pat.", "patents", "Health"),
    }


def test_f_strings_are_refused_with_their_place(project: Path) -> None:
    (project / "pages" / "two.py").write_text('x = 1\nt(f"Hello {x}")\n', encoding="utf-8")
    with pytest.raises(ExtractionError, match=r"pages/two\.py:2"):
        texts_of_interface(project)
    assert main(["check", "--root", str(project)]) == 1


def test_update_keeps_translations_and_is_stable(project: Path) -> None:
    assert main(["update", "--root", str(project)]) == 0
    path = catalogue_path(project, "messages", LANGUAGES_TO_TRANSLATE[2])
    edit(path, 'msgid "Attribute"\nmsgstr ""', 'msgid "Attribute"\nmsgstr "属性"')
    before = path.read_bytes()
    assert main(["update", "--root", str(project)]) == 0
    assert path.read_bytes() == before
    assert b"Date" not in before
    assert str(project).encode() not in before
    # A text that goes away stays as a memory, until pruned.
    edit(project / "pages" / "one.py", 'self.t("Attribute")', "pass")
    update(project, "messages")
    assert '#~ msgstr "属性"' in path.read_text(encoding="utf-8")
    update(project, "messages", prune=True)
    assert "属性" not in path.read_text(encoding="utf-8")


def test_check_names_every_fault(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(project)]) == 1
    assert "ja/messages.po: missing" in capsys.readouterr().err
    main(["update", "--root", str(project)])
    path = catalogue_path(project, "messages", LANGUAGES_TO_TRANSLATE[2])
    edit(path, 'msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "{nom}さん"')
    edit(path, 'msgid "Later"', '#, fuzzy\nmsgid "Later"')
    edit(path, 'msgid "Later"\nmsgstr ""', 'msgid "Later"\nmsgstr "後で"')
    edit(path, 'msgstr[0] ""', 'msgstr[0] "行"')
    found = [line for line in problems(project, "messages") if "/ja/" in line]
    assert len(found) == 5
    for part in (
        "places differ: 'Hello {name}'",
        "fuzzy: 'Later'",
        "not translated: 'two parts'",
        "not translated: 'Attribute'",
    ):
        assert any(part in line for line in found), part
    assert any("{n}, not '行'" in line for line in found)


def test_a_started_language_may_have_gaps_but_no_faults(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    vietnamese = Language("vi", "vi", "Tiếng Việt", started=True)
    monkeypatch.setattr(tooling, "LANGUAGES_TO_TRANSLATE", (vietnamese,))
    main(["update", "--root", str(project)])
    path = catalogue_path(project, "messages", vietnamese)
    assert path.read_text("utf-8").startswith("# Vietnamese catalogue")
    edit(path, 'msgid "Later"\nmsgstr ""', 'msgid "Later"\nmsgstr "Sau"')
    assert main(["check", "--root", str(project)]) == 0
    assert "vi, started: 1 of 5 texts of messages" in capsys.readouterr().out
    edit(path, 'msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "{ten}"')
    assert main(["check", "--root", str(project)]) == 1


def test_many_faults_are_counted() -> None:
    lines = [f"one.po: fault {n}" for n in range(SHOWN + 3)] + ["two.po: fault"]
    assert shortened(lines)[-2:] == ["one.po: and 3 more; --all names them", "two.po: fault"]
    assert len(shortened(lines)) == SHOWN + 2


def test_check_sees_a_template_that_is_out_of_date(project: Path) -> None:
    main(["update", "--root", str(project)])
    edit(project / "pages" / "one.py", "two ", "three ")
    assert any("messages.pot: not up to date" in line for line in problems(project, "messages"))


@pytest.mark.parametrize("domain", ["messages", "data"])
def test_our_catalogues_are_complete(domain: str) -> None:
    assert problems(ROOT, domain) == []


def test_our_data_texts_are_many_and_translated() -> None:
    texts = texts_of_data(ROOT)
    assert len(texts) > 1500
    for language in LANGUAGES_TO_TRANSLATE:
        t = translator(language.id)
        assert {t.data_lang(text.msgid) for text in texts} == {language.id}
