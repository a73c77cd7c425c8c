module example.org/acme

go 1.22
