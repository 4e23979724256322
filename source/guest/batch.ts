import {Distribution} from '../engine/distribution.js';
import {queueOfStep} from '../parameters/client-queues.js';
import {type ClientSpec, type LoopStep} from '../parameters/configuration.js';
import {commandIndex, outSegments} from '../devices/gpu/commands.js';
import {gpu} from '../devices/gpu/profile.js';
import {type QueueId, queueId} from '../devices/profile.js';
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

	constructor(client: ClientSpec, step: LoopStep) {
		this.types = Int32Array.from(step.commands, name => commandIndex(name));
		this.out = Int32Array.from(step.commands, name => outSegments(name, step.pages));
		this.atVblank = step.begin === 'vblank';
		this.queue = queueId(gpu, queueOfStep(client, step));
		this.kib = step.rect === undefined ? 0 : step.rect.width * step.rect.height * 4 / 1024;
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
