"""Names why a certificate was rejected, from the number that the system's check gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.problem import CertificateFault

if TYPE_CHECKING:
    import ssl

# OpenSSL's x509_vfy.h: X509_V_ERR_….
_OPENSSL: Final = {
    2: CertificateFault.UNKNOWN_ISSUER,
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    18: CertificateFault.UNKNOWN_ISSUER,
    19: CertificateFault.UNKNOWN_ISSUER,
    20: CertificateFault.UNKNOWN_ISSUER,
    21: CertificateFault.UNKNOWN_ISSUER,
    27: CertificateFault.UNKNOWN_ISSUER,
    62: CertificateFault.WRONG_HOST,
    64: CertificateFault.WRONG_HOST,
}
# Windows' winerror.h, unsigned, as CertVerifyCertificateChainPolicy gives them to truststore.
# Expired and not yet valid are one number there.
_WINDOWS: Final = {
    0x800B0101: CertificateFault.EXPIRED,  # CERT_E_EXPIRED
    0x800B0109: CertificateFault.UNKNOWN_ISSUER,  # CERT_E_UNTRUSTEDROOT
    0x800B010A: CertificateFault.UNKNOWN_ISSUER,  # CERT_E_CHAINING
    0x800B010D: CertificateFault.UNKNOWN_ISSUER,  # CERT_E_UNTRUSTEDTESTROOT
    0x800B010F: CertificateFault.WRONG_HOST,  # CERT_E_CN_NO_MATCH
    0x800B0112: CertificateFault.UNKNOWN_ISSUER,  # CERT_E_UNTRUSTEDCA
}
# macOS' SecBase.h, as SecTrustEvaluateWithError gives them to truststore.
_MACOS: Final = {
    -67602: CertificateFault.WRONG_HOST,  # errSecHostNameMismatch
    -67818: CertificateFault.EXPIRED,  # errSecCertificateExpired
    -67819: CertificateFault.NOT_YET_VALID,  # errSecCertificateNotValidYet
    -67843: CertificateFault.UNKNOWN_ISSUER,  # errSecNotTrusted
}
# The three ranges of numbers do not meet.
_FAULTS: Final = _OPENSSL | _WINDOWS | _MACOS


def certificate_fault(error: ssl.SSLCertVerificationError) -> CertificateFault:
    """Return the fault; OTHER for what has no number, or one that is not known."""
    # truststore raises one without a number when the server sent no certificate at all.
    return _FAULTS.get(getattr(error, "verify_code", 0), CertificateFault.OTHER)
