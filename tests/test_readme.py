import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "certified 100 of 100" in printed
    assert "worst_radius" in printed


def test_every_link_leads_somewhere():
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        text = document.read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", text)
        for target in ("".join(pair) for pair in targets):
            if not target.startswith("http"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"
