/** Parts of a file that are told apart. */
const mostParts = 500;

/** A part of a file, the lines of which are of one machine. */
type Part = {readonly name: string; cpus: number};

/**
What headers state: the CPUs (`#P:2` of ftrace, `cpus=2` of trace-cmd, `nrcpus online` of perf), the
host, and what was overwritten. Another number of CPUs or another host is another machine: files
that were put behind each other.
*/
export class FileHeaders {
	/**
	Events that were overwritten before the recording was saved: they are older than its first line.
	*/
	overwritten = 0;
	private part: Part = {name: '', cpus: 0};
	private readonly parts: Part[] = [this.part];
	private hostName = '';

	/** The machine that lines are of which name none; empty for the first. */
	get machine(): string {
		return this.part.name;
	}

	/**
	CPUs of a machine; 0 when headers do not say, or contradict each other about a
	machine that they do not name.
	*/
	cpusOf(machine: string): number {
		const own = this.parts.find(({name}) => name === machine);
		if (own !== undefined) {
			return own.cpus;
		}

		const [first = 0, ...others] = this.parts.map(({cpus}) => cpus).filter(cpus => cpus > 0);
		return others.every(cpus => cpus === first) ? first : 0;
	}

	/** Reads a comment; whether another machine begins with it. */
	read(line: string): boolean {
		const [, kept, written] =
			/^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15})/v.exec(line) ??
			/^# latency: .*, #(\d{1,15})\/(\d{1,15}), CPU#/v.exec(line) ??
			[];
		if (kept !== undefined) {
			this.overwritten += Math.max(0, Number(written) - Number(kept));
		}

		const [, hostName] = /^# hostname\s*: (\S+)/v.exec(line) ?? [];
		const isOtherHost = hostName !== undefined && this.hostName !== '' && this.hostName !== hostName;
		this.hostName = hostName ?? this.hostName;
		const cpus = Number(
			(/#P:(\d{1,4})/v.exec(line) ??
				/^cpus=(\d{1,4})$/v.exec(line) ??
				/^# nrcpus online\s*: (\d{1,4})/v.exec(line) ??
				[])[1] ?? 0,
		);
		const isOther = isOtherHost || (cpus > 0 && this.part.cpus > 0 && this.part.cpus !== cpus);
		if (isOther && this.parts.length < mostParts) {
			this.part = {name: `part ${this.parts.length + 1}`, cpus: 0};
			this.parts.push(this.part);
		}

		this.part.cpus = cpus > 0 ? cpus : this.part.cpus;
		return isOther;
	}
}
