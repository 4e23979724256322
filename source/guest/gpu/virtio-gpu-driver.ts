import {type Cpu} from '../../cpu/cpu.js';
import {type VcpuId} from '../../cpu/ids.js';
import {commandIndex} from '../../devices/gpu/commands.js';
import {type QueueId} from '../../devices/profile.js';
import {type DriverQueue} from '../driver-queue.js';
import {type Driver, type DriverParts} from '../driver.js';
import {type GuestCore} from '../guest-core.js';
import {step} from './step.js';
import {AckQueue} from './ack-queue.js';
import {DequeueWork} from './dequeue-work.js';
import {Notify} from './notify.js';
import {Submission} from './submission.js';
import {virtio_gpu_get_vbuf} from './vbuf.js';

const submit3d = commandIndex('SUBMIT_3D');

/** drivers/gpu/drm/virtio: the two virtqueues of a virtio-gpu and who submits to them. */
export class VirtioGpuDriver implements Driver {
	readonly parts: Driver['parts'];
	private readonly core: GuestCore;
	private readonly work: DequeueWork;

	constructor(options: DriverParts) {
		const {core, submitters, parking} = options;
		const ackQueue = new AckQueue(core, submitters);
		const notify = new Notify(core, submitters, parking, ackQueue);
		const submission = new Submission({
			core,
			submitters,
			parking,
			ackQueue,
			notify,
		});
		this.core = core;
		this.work = new DequeueWork(options, ackQueue);
		this.parts = {
			submission,
			notify,
			ackQueue,
			work: this.work,
		};
	}

	entry(queue: QueueId): number {
		return this.core.queues[queue].responds ? step.virtio_gpu_queue_ctrl_sgs : step.virtio_gpu_queue_cursor;
	}

	allocate(): number {
		return virtio_gpu_get_vbuf(this.core);
	}

	/** virtio_gpu_execbuffer_ioctl, before it asked whether somebody wants its fence. */
	fencesAlways(type: number): boolean {
		return this.core.driver.fenceEverySubmit && type === submit3d;
	}

	/** Its clients write nothing that the model knows of. */
	writeTime(): number {
		return 0;
	}

	callback(queue: DriverQueue, {id}: Cpu): boolean {
		if (queue.responds) {
			this.virtio_gpu_ctrl_ack(queue, id);
		} else {
			this.virtio_gpu_cursor_ack(queue, id);
		}

		return false;
	}

	isBusy(queue: DriverQueue): boolean {
		return this.work.isBusy(queue);
	}

	private virtio_gpu_ctrl_ack(queue: DriverQueue, vcpu: VcpuId): void {
		this.work.schedule_work(queue, vcpu);
	}

	private virtio_gpu_cursor_ack(queue: DriverQueue, vcpu: VcpuId): void {
		this.work.schedule_work(queue, vcpu);
	}
}
