"""The sealed test set: an envelope, and how often it was opened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regpath.core.checks import check_count
from regpath.errors import DataError
from regpath.wording import counted


@dataclass(frozen=True)
class Seal:
    """Whether test scores are in an envelope, and how often it was opened.

    Parameters
    ----------
    on : bool, default=False
        Off: test scores are on view as ever.
    is_open : bool, default=False
        Whether the envelope is open now.
    openings : int, default=0
        Every opening is counted, also those of earlier settings on the same test rows.

    References
    ----------
    Dwork et al. (2015), The reusable holdout: preserving validity in adaptive data analysis,
    Science 349: 636-638.

    Examples
    --------
    >>> import regpath
    >>> seal = regpath.Seal(on=True)
    >>> seal.hides, seal.opened().hides, seal.opened().closed().opened().openings
    (True, False, 2)
    >>> seal.sentence
    'The test set was sealed, and the envelope has not been opened.'
    >>> seal.opened().check_visible()  # `seal.check_visible()` would raise
    """

    on: bool = False
    is_open: bool = False
    openings: int = 0

    def __post_init__(self) -> None:
        check_count(self.openings, "openings", "Seal", least=0)

    @property
    def hides(self) -> bool:
        """Whether nobody may see a test score now."""
        return self.on and not self.is_open

    def opened(self) -> Seal:
        """Open the envelope: one opening more, unless it is open or there is none.

        Returns
        -------
        Seal
            With `is_open`, if there is an envelope.
        """
        if not self.hides:
            return self
        return replace(self, is_open=True, openings=self.openings + 1)

    def closed(self) -> Seal:
        """Close it, as after a change of settings; openings stay counted.

        Returns
        -------
        Seal
            With `hides`, if there is an envelope.
        """
        return replace(self, is_open=False)

    def check_visible(self) -> None:
        """Refuse a test score while the envelope is closed.

        Raises
        ------
        DataError
            If it is.
        """
        if self.hides:
            raise DataError(
                "The test set is sealed: its scores are not computed yet.",
                "Choose by validation first, then open the envelope.",
            )

    @property
    def sentence(self) -> str:
        """What an export says; "" with the seal off."""
        if not self.on:
            return ""
        if not self.openings:
            return "The test set was sealed, and the envelope has not been opened."
        times = counted(self.openings, "time")
        more = "" if self.openings == 1 else "; a score that was looked at before is no longer new"
        return f"The test set was sealed, and the envelope was opened {times}{more}."


UNSEALED = Seal()
