"""What is typed to come in."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.validators import MaxLengthValidator

LONGEST = 256  # characters of a password that is looked at


class SignInForm(AdminAuthenticationForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password: Any = self.fields["password"]
        password.validators.append(MaxLengthValidator(LONGEST))

    def has_both(self) -> bool:
        """Whether both were typed: else nothing was tried."""
        return all(self.data.get(name) for name in ("username", "password"))


class CodeForm(forms.Form):
    """A code of a device, or a recovery code."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
    )

    def clean_code(self) -> str:
        """Without the spaces that devices print."""
        return "".join(str(self.cleaned_data["code"]).split())
