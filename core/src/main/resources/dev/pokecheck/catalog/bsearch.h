/* SPDX-License-Identifier: Apache-2.0 */
/* lib/bsearch.c of Linux, probe for probe, for a file that has defined LOC, the type of an entry, LOC_MAX, the most there can be, and patch_cmp(). */
#ifndef BSEARCH_H
#define BSEARCH_H

static inline LOC *bsearch_vec(unsigned long key, LOC *vec, int num)
{
	int base __range(0, LOC_MAX) = 0;

	while (num > 0) {
		int pivot = base + (num >> 1);
		int result = patch_cmp(key, &vec[pivot]);

		if (!result)
			return &vec[pivot];
		if (result > 0) {
			base = pivot + 1;
			num--;
		}
		num >>= 1;
	}
	return NULL;
}

#endif
