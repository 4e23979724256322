/**
Does entry number `event` lie among the entries `old`, `old + 1`, …,
`next - 1`, counted modulo 65536?

With `next` equal to `old` it never does. Source: vring_need_event in
include/uapi/linux/virtio_ring.h; virtio 1.x clauses 2.7.7.2, 2.7.10 and 2.8.10.
*/
export function needEvent(event: number, next: number, old: number): boolean {
	return ((next - event - 1) & 0xff_ff) < ((next - old) & 0xff_ff);
}
