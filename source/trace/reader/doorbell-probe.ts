/**
The functions that ring a virtio device's doorbell: `virtqueue_notify` (virtio_ring.c) calls the
transport's notify, which writes: vp_notify and vp_notify_with_data (virtio_pci), vm_notify
(virtio_mmio), vu_notify (um), virtio_ccw_kvm_notify (s390), virtio_vdpa_notify,
rproc_virtio_notify. The compiler may add `.isra.0` and the like.
*/
const notifyFunction = /^(?:virtqueue|vp|vm|vu|\w*virtio\w*)_notify(?:_with_data)?(?:\.[\w.]*)?$/v;

/**
The same in the name of an event: kprobe_events makes `p_vp_notify_0` of it, perf probe
`vp_notify__return`, fprobes `vp_notify__entry`.
*/
const notifyName =
	/(?:^|_)(?<function>(?:virtqueue|vp|vm|vu|virtio_ccw_kvm|virtio_vdpa|rproc_virtio)_notify(?:_with_data)?)(?:$|_)/v;

/**
Names that people give to a probe on one of these; virtqueue_kick may find that it need not ring.
*/
const givenName = /(?:^|_)(?:notify|doorbell|kick)(?:$|_|\d)/v;
const noDoorbell = /virtqueue_(?:kick|disable|enable)|notify_(?:prepare|one)/v;

/** A module, and the build that it is of where the kernel says it (STACKTRACE_BUILD_ID). */
const module = String.raw`(?: \[\w{1,60}(?: [\da-f]{8,64})?\])?`;

/**
An entry, `(vp_notify+0x4/0x20)`, or a return,
`(virtqueue_notify+0x1c/0x40 <- vp_notify)`, each with its module behind it where it is of
one (sprint_symbol); where the kernel has no symbols, numbers.
*/
const place = new RegExp(
	String.raw`^\((?<first>[^\s\)]{1,120})${module}(?: <- (?<returned>[^\s\)]{1,120})${module})?\)`,
	'v',
);

const address = /^(?:0x)?[\da-f]{6,16}$/v;

/**
What a probe is, judged by its function, or by its name where the recording has no symbols;
null for one on anything else.
*/
export type DoorbellProbe = {
	readonly edge: 'in' | 'out';
	/** The function that is probed, as far as the recording says. */
	readonly function: string;
	/** Who called it; empty where that is not known. */
	readonly caller: string;
};

/** `event` is the name that the probe has in the recording, `text` its payload. */
export function doorbellProbe(event: string, text: string): DoorbellProbe | null {
	const {first = '', returned} = place.exec(text)?.groups ?? {};
	if (first === '') {
		return null;
	}

	const probed = symbolOf(returned ?? first);
	const edge = returned === undefined ? 'in' : 'out';
	const caller = returned === undefined ? '' : symbolOf(first);
	if (probed !== '') {
		// The names of `vqlab record` stand for a doorbell wherever the user put them.
		return notifyFunction.test(probed) || /^notify_(?:in|out)$/v.test(event)
			? {edge, function: probed, caller}
			: null;
	}

	const named = notifyName.exec(event)?.groups?.function;
	return named !== undefined || (givenName.test(event) && !noDoorbell.test(event))
		? {edge, function: named ?? event, caller}
		: null;
}

/** A line of the function tracer: it shows entries only. */
export function isNotifyFunction(name: string): boolean {
	return notifyFunction.test(name);
}

function symbolOf(text: string): string {
	// A probe may be set by its module and its function, `virtio_pci:vp_notify`.
	const name = text.split('+', 1)[0].replace(/^\w+:/v, '');
	return address.test(name) ? '' : name;
}
