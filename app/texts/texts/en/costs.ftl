ballot-running = After that { $amount } every year.
ballot-running-by = After that { $amount } every year. Paid by: { $by }.
