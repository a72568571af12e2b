// The QR code on a ticket's card ends in #CODE. That part of an address stays in the browser: this
// copies it into the field and takes it out of the address, so that no history keeps it.
"use strict";
const field = document.getElementById("ticket");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z -]{8,20}$/.test(code)) {
  if (!field.value) field.value = code;
  history.replaceState(null, "", location.pathname);
}
