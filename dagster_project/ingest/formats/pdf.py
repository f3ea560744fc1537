def read(data, name):
    return ()
