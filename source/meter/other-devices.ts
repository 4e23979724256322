/** Devices that are counted beside the one that is measured. */
const mostOthers = 100;

/** Counts the commands of devices that are not measured. */
export class OtherDevices {
	/** By their names. */
	private readonly counts = new Map<string, number>();

	add(name: string): void {
		if (this.counts.size < mostOthers || this.counts.has(name)) {
			this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
		}
	}

	/** What else submits beside this device, in a line; empty when nothing does. */
	words(device: string): string {
		const others = [...this.counts]
			.toSorted((a, b) => b[1] - a[1])
			.map(([name, count]) => `${name} (${count} commands)`);
		return others.length === 0
			? ''
			: `shown is the device ${device}; also in the recording: ${others.join(', ')}: --device NAME picks one`;
	}
}
