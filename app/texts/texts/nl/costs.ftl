ballot-running = Daarna { $amount } per jaar.
ballot-running-by = Daarna { $amount } per jaar. Wie dat betaalt: { $by }.
