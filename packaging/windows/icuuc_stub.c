/* Windows' icuuc.dll as far as Qt6Core links to it, for wine 8, which has none: tests only.
 * No converter can be opened, so Qt never calls the others. */
#include <stddef.h>

#define EXPORTED __declspec(dllexport)
#define MISSING_RESOURCE_ERROR 2
#define NEVER_CALLED(name) EXPORTED int name(void) { return 0; }

EXPORTED void *ucnv_open(const char *name, int *status)
{
    (void)name;
    *status = MISSING_RESOURCE_ERROR;
    return NULL;
}

NEVER_CALLED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(ucnv_cbFromUWriteUChars)
NEVER_CALLED(ucnv_cbToUWriteUChars)
NEVER_CALLED(ucnv_close)
NEVER_CALLED(ucnv_countAvailable)
NEVER_CALLED(ucnv_fromUCountPending)
NEVER_CALLED(ucnv_fromUnicode)
NEVER_CALLED(ucnv_getAvailableName)
NEVER_CALLED(ucnv_getFromUCallBack)
NEVER_CALLED(ucnv_getMaxCharSize)
NEVER_CALLED(ucnv_getName)
NEVER_CALLED(ucnv_getStandardName)
NEVER_CALLED(ucnv_getToUCallBack)
NEVER_CALLED(ucnv_reset)
NEVER_CALLED(ucnv_setFromUCallBack)
NEVER_CALLED(ucnv_setToUCallBack)
NEVER_CALLED(ucnv_toUCountPending)
NEVER_CALLED(ucnv_toUnicode)
