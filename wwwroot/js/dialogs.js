/** Opens a <dialog> over the page; it leaves with its component. */
export const open = element => element?.showModal();
