/** Some CPUs by number, each at most once; the last that was put on it comes off first. */
export class CpuList {
	count = 0;
	private readonly ids: Int32Array;
	private readonly listed: Uint8Array;

	constructor(cpus: number) {
		this.ids = new Int32Array(cpus);
		this.listed = new Uint8Array(cpus);
	}

	add(id: number): void {
		if (this.listed[id] === 0) {
			this.listed[id] = 1;
			this.ids[this.count++] = id;
		}
	}

	/** There must be one. */
	take(): number {
		const id = this.ids[--this.count];
		this.listed[id] = 0;
		return id;
	}
}
