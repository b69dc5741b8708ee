"""What HTML says, as mail clients, browsers and office suites write it and a person sees it."""
