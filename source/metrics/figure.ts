/**
A number, or null where it has no meaning here (0/0, no such queue, no
such clients) or was not recorded.
*/
export type Figure = number | null;
