// The nonce of this page's policy, for style elements that a library makes. Read at once: later navigation may put another answer's on the elements.
export const nonce = document.querySelector('script[nonce]')?.nonce;
