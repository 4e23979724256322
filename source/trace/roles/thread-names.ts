/** Threads that are told apart; more do no work for a GPU. */
const mostThreads = 50_000;

/**
What threads are called. One that is known by its number has one name in all its events, although
lines print it in several ways: cut to 8 characters, as `<...>` where ftrace has forgotten it, or
as it was called before exec(2).
*/
export class ThreadNames {
	private readonly names = new Map<number, string>();

	see(pid: number, comm: string): void {
		const known = this.names.get(pid);
		if (known === comm || comm === '' || (known === undefined && this.names.size >= mostThreads)) {
			return;
		}

		if (known === undefined || isUnknown(known) || !(isUnknown(comm) || known.startsWith(comm))) {
			this.names.set(pid, comm);
		}
	}

	/** `comm/pid`; the pid alone where nobody named it. */
	nameOf(pid: number): string {
		return `${this.names.get(pid) ?? ''}/${pid}`;
	}
}

function isUnknown(comm: string): boolean {
	return comm === '<...>' || comm === ':-1';
}
