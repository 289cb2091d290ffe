# What AMD promises for code that another CPU modifies without synchronisation.
profile: amd-apm-async
title: AMD's rules for asynchronous cross-modifying code
window: fetch-order
  source: AMD APM vol. 2, 7.6.1: stores reach fetchers in program order, and these read sequentially between taken branches
shape: chunk
  source: AMD APM vol. 2, 7.6.1: the promise ends at the naturally aligned quadword
chunk: 8
  source: AMD APM vol. 2, 7.6.1: an instruction inside one naturally aligned quadword is old or new
split: word
  source: AMD APM vol. 2, 7.3.2: less than a quadword inside an aligned quadword is one store
serializing: cpuid iret mov_cr mfence
  source: AMD APM vol. 2, 7.6.4
lock-orders-fetch: no
  source: AMD APM vol. 2, 7.6.1: a locked operation is not sufficient
self-modification: none
  source: AMD APM vol. 2, 7.6.1: self-modifying code needs nothing, through an alias either
alias-modification: none
  source: AMD APM vol. 2, 7.6.1: self-modifying code needs nothing, through an alias either
xmc-documented: yes
  source: AMD APM vol. 2, 7.6.1
ipi-send: bare
  source: AMD APM vol. 2, "x2APIC": a write to an x2APIC MSR is not ordered behind earlier stores
syscall-drains: no
  source: AMD APM vol. 3, SYSCALL: no word of it
