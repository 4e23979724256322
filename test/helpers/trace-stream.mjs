/**
Writes what `cat trace_pipe` would show of a guest that sends 1000 commands a second (its own
clock), each answered after 200 us, for so many seconds of its time; a tenth of a second of it each
20 ms. Usage: `node trace-stream.mjs [seconds]`; without an argument it goes on for ever.
*/
import process from 'node:process';

const seconds = Number(process.argv[2] ?? Infinity);
const start = 5000;
let command = 0;

function stamp(microseconds) {
	const whole = Math.floor(microseconds / 1e6);
	return `${start + whole}.${String(microseconds - whole * 1e6).padStart(6, '0')}`;
}

function gpu(what, thread, at, numFree, seqno) {
	return `            ${thread} [000] ...1. ${stamp(at)}: virtio_gpu_cmd_${what}: vdev=0 vq=0 name=control type=0x${what === 'queue' ? '104' : '1100'} flags=0x0 fence_id=0 ctx_id=0 num_free=${numFree} seqno=${seqno}\n`;
}

function batch() {
	let text = '';
	for (let i = 0; i < 100; i++) {
		command++;
		const at = command * 1000;
		text += gpu('queue', 'game-100', at, 63, command);
		text += `            game-100 [000] ..... ${stamp(at + 5)}: notify_in: (vp_notify+0x4/0x20) idx=0 num_free=63\n`;
		text += `          <idle>-0 [001] d.h1. ${stamp(at + 150)}: irq_handler_entry: irq=27 name=virtio0-control\n`;
		text += `     kworker/1:0-28 [001] ..... ${stamp(at + 160)}: workqueue_execute_start: work struct 0: function virtio_gpu_dequeue_ctrl_func [virtio_gpu]\n`;
		text += gpu('response', 'kworker/1:0-28', at + 200, 64, command);
		text += `     kworker/1:0-28 [001] ..... ${stamp(at + 210)}: workqueue_execute_end: work struct 0: function virtio_gpu_dequeue_ctrl_func [virtio_gpu]\n`;
	}

	return text;
}

process.stdout.on('error', () => {
	process.exit(0);
});

function next() {
	if (command >= seconds * 1000) {
		return;
	}

	if (process.stdout.write(batch())) {
		setTimeout(next, 20);
	} else {
		process.stdout.once('drain', next);
	}
}

next();
