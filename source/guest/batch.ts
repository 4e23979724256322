import {Distribution} from '../engine/distribution.js';
import {queueOfStep} from '../parameters/client-queues.js';
import {type ClientSpec, type LoopStep} from '../parameters/configuration.js';
import {isCommandName, outSegments} from '../devices/gpu/commands.js';
import {type DeviceProfile, type QueueId, queueId} from '../devices/profile.js';
import {OwnTime} from './own-time.js';

export const notifyRule = {none: 0, each: 1, end: 2} as const;
export const waitRule = {none: 0, response: 1, fence: 2} as const;

/** A step of a client's loop, as numbers. What a client's keys set is read at each use. */
export class Batch {
	readonly types: Int32Array;
	readonly out: Int32Array;
	/** It begins at a vblank. */
	readonly atVblank: boolean;
	readonly queue: QueueId;
	readonly kib: number;
	/** It is a write to the device's memory instead of commands. */
	readonly writes: boolean;
	/** Of `notifyRule`. */
	notify = 0;
	/** Of `waitRule`; its longest duration in ns, 0 for none. */
	wait = 0;
	timeout = 0;
	fenced = 0;
	objects = 0;
	readonly prepare = new OwnTime();
	readonly service = new OwnTime();
	readonly gpuTime = new OwnTime();
	readonly think = new Distribution({kind: 'const', value: 0});
	/** It has a pause of its own, which takes a draw. */
	pauses = false;

	constructor(client: ClientSpec, step: LoopStep, profile: DeviceProfile) {
		this.types = Int32Array.from(step.commands, name =>
			profile.requests.findIndex(request => request.name === name),
		);
		this.out = Int32Array.from(step.commands, name => (isCommandName(name) ? outSegments(name, step.pages) : 1));
		this.atVblank = step.begin === 'vblank';
		this.queue = queueOf(profile, queueOfStep(client, step));
		this.kib = step.rect === undefined ? 0 : (step.rect.width * step.rect.height * 4) / 1024;
		this.writes = step.write !== undefined;
		this.update(step);
	}

	/** Takes over what a client's keys set. */
	update(step: LoopStep): void {
		this.notify = notifyRule[step.notify];
		this.wait = waitRule[step.wait ?? 'none'];
		this.timeout = step.timeout ?? 0;
		this.fenced = step.fenced ? 1 : 0;
		this.objects = step.objects;
		this.prepare.set(step.prepare);
		this.service.set(step.service);
		this.gpuTime.set(step.gpuTime);
		this.think.set(step.think ?? {kind: 'const', value: 0});
		this.pauses = step.think !== undefined;
	}
}

/** The queue that clients call so; a device with one queue has no choice. */
function queueOf(profile: DeviceProfile, name: string): QueueId {
	const [only, ...others] = profile.queues;
	return queueId(profile, others.length === 0 ? only.name : name);
}
