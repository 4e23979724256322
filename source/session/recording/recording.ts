import {UserError} from '../../errors/user-error.js';
import {type Progress, type TraceSource} from '../../trace/reader/line-source.js';
import {readTrace} from '../../trace/reader/read-trace.js';
import {type TraceEvent} from '../../trace/reader/trace-event.js';
import {type TraceReader} from '../../trace/reader/trace-reader.js';
import {RecordingMeter} from '../../meter/recording-meter.js';
import {TraceFeed} from '../../meter/trace-feed.js';

/** ms of wall time without an event. */
const silence = 1000;

export type RecordingOptions = {
	/** As the user calls it. */
	readonly name: string;
	/** It may go on for as long as it likes. */
	readonly isLive: boolean;
	/** Wall clock, ms. */
	readonly clock: () => number;
	/** The device to show, as `--device` names it; the busiest without. */
	readonly device?: string | undefined;
	/** Who else wants the events. */
	readonly onEvent?: (event: TraceEvent) => void;
};

/** A guest's recording that is being read, or has been: its meter, and how the reading goes. */
export class Recording {
	readonly name: string;
	readonly isLive: boolean;
	readonly meter = new RecordingMeter();
	/** Everything has been read. */
	ended = false;
	events = 0;
	/** Wall time of the last event, ms. */
	heardAt = 0;
	/** What a user should know before trusting it. */
	warnings: readonly string[] = [];
	private readonly feed: TraceFeed;
	private readonly options: RecordingOptions;
	private reader: TraceReader | undefined;
	private lost = 0;
	/** Events up to the last batch that had any. */
	private heard = 0;

	constructor(options: RecordingOptions) {
		this.options = options;
		this.feed = new TraceFeed(this.meter, options.device ?? null);
		this.name = options.name;
		this.isLive = options.isLive;
		this.heardAt = options.clock();
	}

	get lines(): number {
		return this.reader?.lines ?? 0;
	}

	/** Lines that are no events. */
	get unknown(): number {
		return this.reader?.others.unknown ?? 0;
	}

	get lostEvents(): number {
		return this.reader?.lost ?? 0;
	}

	/**
	A stream that goes on and has said nothing for a second: what it said
	last is all that there is for now.
	*/
	get isSilent(): boolean {
		return this.isLive && !this.ended && this.options.clock() - this.heardAt >= silence;
	}

	/** The recording's own clock at a time of the meter, ns. */
	clockTime(time: number): number {
		return (this.reader?.made.base ?? 0) * 1e9 + time;
	}

	/** Reads to the end. Throws `UserError` for what is no recording of a guest. */
	async read(source: TraceSource, isStopped?: () => boolean, onProgress?: Progress): Promise<void> {
		const {warnings} = await readTrace(source, {
			onReader: reader => {
				this.reader = reader;
			},
			onEvent: event => {
				this.add(event);
			},
			onBatch: () => {
				this.feed.decide();
				if (this.events > this.heard) {
					this.heard = this.events;
					this.heardAt = this.options.clock();
				}
			},
			...(isStopped === undefined ? {} : {isStopped}),
			...(onProgress === undefined ? {} : {onProgress}),
		});
		if (isStopped?.() !== true) {
			this.feed.decide();
			this.refuseOthers(source.name);
			this.warnings = this.feed.words === '' ? warnings : [this.feed.words, ...warnings];
			this.ended = true;
		}
	}

	private add(event: TraceEvent): void {
		this.events++;
		if (this.lostEvents !== this.lost) {
			this.lost = this.lostEvents;
			this.feed.decide();
			this.meter.lost();
		}

		this.feed.add(event);
		this.options.onEvent?.(event);
	}

	private refuseOthers(name: string): void {
		if (this.meter.commands.end > 0) {
			return;
		}

		const counts = this.reader?.counts ?? new Map<string, number>();
		const isHost = counts.has('virtqueue_pop') || counts.has('kvm_exit');
		const queued = counts.get('virtio_gpu_cmd_queue') ?? 0;
		if (this.options.device !== undefined && this.feed.device === '' && queued > 0) {
			throw new UserError(
				`${name}: it has no device ${JSON.stringify(this.options.device)}; without --device the busiest ` +
					'is shown',
			);
		}

		throw new UserError(
			queued > 0
				? `${name}: ${queued} commands were queued, and none has its response (virtio_gpu_cmd_response) ` +
						'in it; vqlab record --help has the events'
				: `${name}: none of its ${this.events} events is a command of a virtio-gpu guest ` +
						`(virtio_gpu_cmd_queue)${isHost ? "; it is a host's log: give it with --host, after the guest's recording" : '; vqlab record --help has the events'}`,
		);
	}
}
