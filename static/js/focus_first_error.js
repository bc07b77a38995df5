// A form that was refused: the first field at fault has the focus, and so its message is read out.
// After `load`, since going to the address's fragment takes the focus away.
addEventListener("load", () => document.querySelector("main .is-invalid")?.focus());
