/** Kernels that have a lock policy. */
export const kernels: Readonly<Record<string, string>> = {
	'kick-under-lock': 'Linux to 5.4',
	'kick-after-unlock': 'Linux 5.5',
	'kick-batched': 'Linux 5.7 on',
};
